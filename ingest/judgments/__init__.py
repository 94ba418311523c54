"""What a judicial document says, part by part: head, people, sections, signature, articles, enforcement."""
