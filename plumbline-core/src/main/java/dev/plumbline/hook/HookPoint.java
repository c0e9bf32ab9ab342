package dev.plumbline.hook;

/** A place in a block where the residual stream can be seen or edited. */
public enum HookPoint {
    /** Input of the block. */
    RESID_PRE,
    /** After attention was added. Where branches stand side by side the MLP does not read this. */
    RESID_MID,
    /** Raw output of the block, before any final norm. */
    RESID_POST
}
