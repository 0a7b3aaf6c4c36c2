exports.handler = async () => {
  const { GREETING, RATE, ZONES, FIRST } = process.env;
  return { GREETING, RATE, ZONES, FIRST };
};
