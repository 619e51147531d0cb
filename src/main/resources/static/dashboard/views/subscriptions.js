export function subscriptions(root) { return { update() {}, close() {} }; }
