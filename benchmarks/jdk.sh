# Sets JDK to a JDK 25: JAVA25_HOME, JAVA_HOME, or the first one in the usual places.
JDK=
for candidate in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/java/*25*; do
  if [ -x "$candidate/bin/jcmd" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "25'; then
    JDK=$candidate
    break
  fi
done
if [ -z "$JDK" ]; then
  echo "No JDK 25 found: set JAVA25_HOME" >&2
  exit 1
fi
