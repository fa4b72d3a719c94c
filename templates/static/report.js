// The pages are complete without this script: it only sorts, filters and moves.
"use strict";
