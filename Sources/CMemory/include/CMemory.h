#pragma once

/// Makes the C library keep freed memory for the next allocation instead of returning it to the system.
/// Tripod copies and frees sites very often.
void memory_keep(void);
