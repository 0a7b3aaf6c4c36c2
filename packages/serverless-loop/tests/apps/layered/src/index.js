exports.handler = async ({ name }) => [require('greeting').greet(name), require('/opt/table')];
