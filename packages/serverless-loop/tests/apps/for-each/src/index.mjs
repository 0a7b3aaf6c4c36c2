export const handler = async () => process.env.VALUE ?? 'nothing';
