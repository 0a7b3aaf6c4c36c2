const { tag } = require('../../lib/tag');

exports.api = { handler: async (event) => tag('created', event) };
