// Verifies a webhook that comes as JSON on stdin, with each of the secrets; fails if one doesn't fit.
import { readFileSync } from "node:fs";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const { secrets, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  for (const secret of secrets) {
    new Webhook(secret).verify(body, headers);
  }
  console.log("verified");
} catch (e) {
  if (!(e instanceof WebhookVerificationError)) {
    throw e;
  }
  console.log(e.message);
  process.exitCode = 1;
}
