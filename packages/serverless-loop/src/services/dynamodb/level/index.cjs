exports.Level = require('memory-level').MemoryLevel;
