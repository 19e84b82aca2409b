"""Who studies what at a school: classes, internship periods, and students whom the school confirmed."""
