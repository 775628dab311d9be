/**
 * The normalized contract: what each slot publishes, whoever fills it.
 *
 * <p>A record stands here only because plugins of different authors exchange it; what the components of one plugin
 * pass among themselves is a record of that plugin. The platform's Helm values are a pure function of these records,
 * so a new provider never touches the platform.
 *
 * <p>Records grow at their end and keep the old constructor. {@link io.btp.installer.api.contract.Secret} holds every
 * confidential value: it prints as hidden and has no serialized form.
 */
@NullMarked
package io.btp.installer.api.contract;

import org.jspecify.annotations.NullMarked;
