"""From whatever somebody brings to rows of text by column: where its lists are, and what its columns say."""
