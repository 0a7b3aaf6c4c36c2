const { count } = require('./counter');
exports.handler = async () => ['writer', count()];
