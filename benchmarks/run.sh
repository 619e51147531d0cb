#!/bin/sh
# The load benchmark: benchmarks/run.sh [--parts=single,batch] [--runs=5] [--seconds=10] …
# See benchmarks/README.md for the options.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/jdk.sh
mvn -q -Pbenchmarks process-test-classes
exec "$JDK/bin/java" -Xmx2g -Dlogback.configurationFile=benchmarks/peers/logback.xml \
  -cp "target/test-classes:target/classes:$(cat target/benchmarks/benchmarks.path)" \
  benchmarks.load.Benchmark "$@"
