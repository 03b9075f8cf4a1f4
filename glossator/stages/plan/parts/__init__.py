"""Parts that pages of several kinds show: cards, companions, quoted sentences, links of own texts, charts."""
