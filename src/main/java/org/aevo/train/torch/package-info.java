/**
 * libtorch, the C++ library of PyTorch, as a training engine, through its JavaCPP presets. No type of the library leaves
 * this package.
 *
 * <p>Native objects live as long as the {@code PointerScope} in which they were made: one around every call of a
 * network. What a network needs from one call to the next is {@link org.aevo.train.torch.Owned}, and freed when the
 * network is closed; the garbage collector frees nothing here.
 */
package org.aevo.train.torch;
