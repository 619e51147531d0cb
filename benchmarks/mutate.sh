#!/bin/sh
# Which changes of the code would no unit test notice? benchmarks/mutate.sh [PACKAGE …]
# Without arguments: store, filter, subscription and intake. The report is target/pit-reports/index.html,
# its list of survivors is printed. PIT has no way to be given another JDK than Maven's own.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/jdk.sh
export JAVA_HOME="$JDK"
classes=
for room in ${*:-store filter subscription intake}; do
  classes="$classes,dev.logaggregator.$room.*"
done
mvn -B -ntp -Pmutation test-compile pitest:mutationCoverage "-Dmutation.classes=${classes#,}"
echo
echo "Survivors: file, line, method, mutation"
grep -E ',(SURVIVED|NO_COVERAGE),' target/pit-reports/mutations.csv |
  awk -F, '{ sub(/.*\./, "", $3); print $6 "\t" $1 ":" $5 "\t" $4 "\t" $3 }' | sort
