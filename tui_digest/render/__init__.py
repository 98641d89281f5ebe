"""Words and lines that both front ends show: labels, receipts, plain and spoken papers."""
