/** Ends its thread in the middle of a check, as a defect or a lack of memory would. */
process.exit(3);
