# Reads a JSON string a line and writes what kramdown makes of it, set as Jekyll sets it.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

OPTIONS = { input: 'GFM', auto_ids: true, entity_output: 'as_char', hard_wrap: false, gfm_quirks: ['paragraph_end'] }

STDIN.each_line do |line|
  puts JSON.generate(Kramdown::Document.new(JSON.parse(line), OPTIONS).to_html)
end
