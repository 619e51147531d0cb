#!/bin/sh
# JMH for the inside: benchmarks/jmh.sh [Seal|Decode|…] [options of JMH]
# With no arguments, all of them with the allocation profiler, results in target/benchmarks/jmh.json.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/jdk.sh
mvn -q -Pbenchmarks process-test-classes
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED \
  -cp "target/test-classes:target/classes:$(cat target/benchmarks/benchmarks.path)" \
  org.openjdk.jmh.Main -prof gc -rf json -rff target/benchmarks/jmh.json "$@"
