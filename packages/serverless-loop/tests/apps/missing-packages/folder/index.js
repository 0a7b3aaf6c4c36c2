exports.handler = async () => require('not-installed');
