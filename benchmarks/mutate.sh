#!/bin/sh
# Which changes of the code would no unit test notice? benchmarks/mutate.sh [ROOM | ROOM.CLASS …]
# Without arguments: store, filter, subscription and intake, one after the other. Each is tried with its
# own room's tests only (intake with those of publish as well), without those that start the service,
# that look for rare interleavings or inputs, or that take seconds (pom.xml, profile "mutation"): each
# mutant is run through all that reach it. The report is target/pit-reports/ROOM/index.html, its list of
# survivors is printed; what is known of them is in docs/mutation-testing.md. THREADS=1 leaves a core to
# others. PIT runs on Maven's own JDK.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/jdk.sh
export JAVA_HOME="$JDK"
mvn -B -ntp -q test-compile
for what in ${*:-store filter subscription intake}; do
  name="dev.logaggregator.$what"
  reports="target/pit-reports/$what"
  tests="dev.logaggregator.${what%%.*}.*"
  case $what in intake*) tests="$tests,dev.logaggregator.publish.*" ;; esac
  nice mvn -B -ntp -Pmutation pitest:mutationCoverage "-Dmutation.threads=${THREADS:-2}" \
    "-Dmutation.classes=$name.*,$name,$name\$*" "-Dmutation.tests=$tests" \
    "-DreportsDirectory=$reports"
  echo
  echo "Survivors of $what: status, file and line, method, mutation"
  grep -E ',(SURVIVED|NO_COVERAGE),' "$reports/mutations.csv" |
    awk -F, '{ sub(/.*\./, "", $3); print $6 "\t" $1 ":" $5 "\t" $4 "\t" $3 }' | sort || true
done
