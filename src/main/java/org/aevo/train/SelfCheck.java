package org.aevo.train;

/**
 * One thing that an engine found out about itself by trying it.
 *
 * @param subject what was checked: {@code oneDNN convolution}
 * @param good whether it is as it should be
 * @param detail what was found; if it is not good, the way out too
 */
public record SelfCheck(String subject, boolean good, String detail) {}
