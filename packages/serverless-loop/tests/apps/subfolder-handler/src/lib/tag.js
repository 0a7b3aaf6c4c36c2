exports.tag = (kind, event) => ({ kind, ...event, root: process.env._HANDLER });
