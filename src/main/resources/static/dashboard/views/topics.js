export function topics(root) { return { update() {}, close() {} }; }
