const { count } = require('./counter');
exports.handler = async () => ['reader', count()];
