#!/usr/bin/env python3
"""Measures the container: start, memory, and a small one under load. Needs podman and root.

  benchmarks/container.py start IMAGE [--runs=7] [--memory=512m]    start to first event accepted
  benchmarks/container.py memory IMAGE [--memory=512m] [--events=1000000]
  benchmarks/container.py soak IMAGE [--memory=256m] [--minutes=10]

  --command='java -jar ...' in the place of IMAGE: the same of a plain process
"""

import argparse
import collections
import http.client
import os
import random
import shlex
import socket
import statistics
import subprocess
import threading
import time

PORT = int(os.environ.get("PORT", "18081"))
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}


class Container:
    """Started as docs/container.md says."""

    def __init__(self, options):
        command = [
            "podman", "--runtime", "runc", "run", "-d", "--network=host", "--ulimit=nofile=4096:4096",
            "--ulimit=nproc=4096:4096", "--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL",
            f"--memory={options.memory}", f"--env=_JAVA_OPTIONS={os.environ.get('_JAVA_OPTIONS', '')}",
            options.image, f"--server.port={PORT}", *options.setting,
        ]
        self.id = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                 text=True).stdout.strip()

    def pid(self):
        return self.inspect("{{.State.Pid}}")

    def inspect(self, what):
        return subprocess.run(["podman", "inspect", "-f", what, self.id], check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()

    def is_running(self):
        return self.inspect("{{.State.Running}}") == "true"

    def end(self):
        return self.inspect("exit code {{.State.ExitCode}}, killed for memory: {{.State.OOMKilled}}")

    def remove(self):
        subprocess.run(["podman", "rm", "-f", "-t", "20", self.id], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)


class Process:
    """The same, of a plain process."""

    def __init__(self, options):
        command = shlex.split(options.command) + [f"--server.port={PORT}", *options.setting]
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def pid(self):
        return self.child.pid

    def is_running(self):
        return self.child.poll() is None

    def end(self):
        return f"exit code {self.child.poll()}"

    def remove(self):
        self.child.terminate()
        self.child.wait()


def run(options):
    with socket.socket() as free:  # or another server would be measured
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("", PORT))
    return Process(options) if options.command else Container(options)


def await_first_event():
    body = b'{"hello": 1}'
    head = f"POST /publish/first HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    while True:
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=5) as connection:
                connection.sendall(head.encode() + body)
                if b" 200 " in connection.recv(4096)[:20]:
                    return
        except OSError:
            pass
        time.sleep(0.003)


def process_start(pid):
    """When a process was started, in seconds on the clock of time.clock_gettime(CLOCK_BOOTTIME)."""
    with open(f"/proc/{pid}/stat") as stat:
        return int(stat.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")


def status(pid, *keys):
    with open(f"/proc/{pid}/status") as lines:
        values = dict(line.split(":", 1) for line in lines)
    return {key: int(values[key].split()[0]) // 1024 for key in keys}


def spread(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f} – {max(values):.0f})"


def start(options):
    """From the JVM's start, and from the command's, to the first event accepted."""
    whole, process = [], []
    for _ in range(options.runs):
        began = time.clock_gettime(time.CLOCK_BOOTTIME)
        service = run(options)
        await_first_event()
        ready = time.clock_gettime(time.CLOCK_BOOTTIME)
        whole.append((ready - began) * 1000)
        process.append((ready - process_start(service.pid())) * 1000)
        service.remove()
    print(f"first event accepted, ms: {spread(process)} from the process' start,"
          f" {spread(whole)} from the command's; {options.runs} runs")


def batch(seed, events=1000):
    random.seed(seed)
    words = ["timeout", "order", "paid", "refused", "cart", "invoice", "shipped", "retry", "cache"]
    lines = []
    for i in range(events):
        lines.append(
            '{"topic":"load.t%d","id":"%d-%d","source":"host-%d","level":"%s","payload":{"order":%d,'
            '"status":%d,"trace":"%016x","message":"%s %s after %d ms"}}' % (
                random.randrange(50), seed, i, random.randrange(9), random.choice(["info", "warn"]),
                random.randrange(10**7), random.choice([200, 200, 404, 500]), random.getrandbits(64),
                random.choice(words), random.choice(words), random.randrange(5000)))
    return "\n".join(lines).encode()


def memory(options):
    service = run(options)
    try:
        await_first_event()
        pid = service.pid()
        time.sleep(15)
        print("idle, MB:", status(pid, "VmRSS", "RssAnon", "RssFile"))
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        for seed in range(options.events // 1000):
            connection.request("POST", "/publish", batch(seed), NDJSON)
            connection.getresponse().read()
        time.sleep(5)
        connection.request("GET", "/stats?top=1")
        answer = connection.getresponse().read().decode()
        print("after", options.events, "events, MB:", status(pid, "VmRSS", "VmHWM", "RssAnon", "RssFile"))
        print(answer[:400])
    finally:
        service.remove()


def soak(options):
    """Batches, single events, searches and downloads at once, as fast as they are answered."""
    service = run(options)
    pid = service.pid()
    answers = collections.Counter()
    end = time.time() + options.minutes * 60
    prepared = [batch(seed) for seed in range(100)]

    def client(number, request):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        turn = 0
        while time.time() < end:
            turn += 1
            try:
                method, path, body, headers = request(number, turn)
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                answer.read()
                answers[path.split("?")[0], answer.status] += 1
                if answer.status >= 429:
                    time.sleep(0.2)
            except (OSError, http.client.HTTPException) as failure:
                answers["failed", type(failure).__name__] += 1
                connection.close()
                time.sleep(0.2)

    def batches(number, turn):
        body = prepared[turn % 100].replace(b'"id":"', b'"id":"%d-%d-' % (number, turn))
        return "POST", "/publish", body, NDJSON

    def large(number, turn):
        body = b"\n".join(prepared).replace(b'"id":"', b'"id":"%d-%d-' % (number, turn))
        return "POST", "/publish", body, NDJSON

    def arrays(number, turn):
        body = b"[" + b",".join(prepared[:50]).replace(b"\n", b",") + b"]"
        return "POST", "/publish", body, JSON

    def single(number, turn):
        return "POST", "/publish/single", b'{"n": %d}' % turn, JSON

    def search(number, turn):
        return "GET", "/events?q=trace:*%d*&limit=10" % (turn % 1000), None, {}

    def download(number, turn):
        return "GET", "/events?order=asc", None, {"Accept": "application/x-ndjson"}

    try:
        await_first_event()
        work = [batches] * 4 + [large, arrays] + [single] * 8 + [search] * 2 + [download]
        work = [what for what in work if what.__name__ not in options.without]
        threads = [threading.Thread(target=client, args=pair) for pair in enumerate(work)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            time.sleep(10)
            if not service.is_running():
                break
            print(f"{end - time.time():.0f} s left, MB:", status(pid, "VmRSS", "VmHWM", "RssAnon"), flush=True)
        for thread in threads:
            thread.join()
        print(dict(sorted(answers.items(), key=str)))
        if not service.is_running():
            print("ended:", service.end())
            return
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        connection.request("GET", "/stats?top=1")
        print(connection.getresponse().read().decode()[:400])
    finally:
        service.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["start", "memory", "soak"])
    parser.add_argument("image", nargs="?")
    parser.add_argument("--command")
    parser.add_argument("--setting", action="append", default=[], help="as --setting=--aggregator.…=…")
    parser.add_argument("--without", action="append", default=[], help="of the load, as --without=large")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--memory", default=None)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    options.memory = options.memory or ("256m" if options.what == "soak" else "512m")
    {"start": start, "memory": memory, "soak": soak}[options.what](options)


main()
