exports.handler = async () => process.env.VALUE;
