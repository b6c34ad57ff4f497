"""Pure decisions about free time: openings to cells, joint requirements, reasons, fair choice."""
