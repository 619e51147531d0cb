// Follows a stream of server-sent events, and writes what it is told: type, id and data, a line each.
import { EventSource } from "eventsource";

const source = new EventSource(process.argv[2]);
const tell = (e) => process.stdout.write([e.type, e.lastEventId, e.data].join("\t") + "\n");
source.onmessage = tell;
source.addEventListener("gap", tell);
