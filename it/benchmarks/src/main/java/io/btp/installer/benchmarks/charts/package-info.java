/**
 * A plugin as somebody else would write it: ten charts, each a component by the Helm that the program lends.
 *
 * <p>Each fills the slot that it stands in for, so that the order of an installation is the real one. The charts stand in
 * for size and shape of the real things; nothing runs behind them.
 */
@NullMarked
package io.btp.installer.benchmarks.charts;

import org.jspecify.annotations.NullMarked;
