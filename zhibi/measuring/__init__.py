"""A finished PDF or DOCX -> how far each element lies from GB/T 9704-2012."""
