module.exports = ['of the layer'];
