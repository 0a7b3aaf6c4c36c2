exports.handler = async ({ n }) => {
  if (n % 2) throw new RangeError(`${n} is odd`);
  return n / 2;
};
