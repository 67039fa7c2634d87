#pragma once

/// A site is copied and dropped all the time. From here on the memory of one copy is kept for the next, and not given
/// back to the system in between.
void memory_keep(void);
