exports.handler = async () => ({ mode: process.env.MODE, hasQueue: 'QUEUE' in process.env });
