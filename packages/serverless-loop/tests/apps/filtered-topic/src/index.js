exports.handler = async ({ Records }) => console.log(`read ${Records.map(({ Sns }) => Sns.Message)}`);
