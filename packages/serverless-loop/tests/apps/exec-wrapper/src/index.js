exports.handler = async () => process.env.WRAPPED_IN;
