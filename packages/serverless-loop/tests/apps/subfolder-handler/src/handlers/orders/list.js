const { tag } = require('../../lib/tag');

exports.handler = async (event) => tag('listed', event);
