exports.handler = async () => 'not made';
