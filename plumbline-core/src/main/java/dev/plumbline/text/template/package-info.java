/**
 * An interpreter for the Jinja templates that checkpoints bring along to lay out a chat, equal character by character
 * to Python's jinja2 as transformers sets it up: sandboxed, immutable, {@code trim_blocks}, {@code lstrip_blocks}, loop
 * controls, {@code {% generation %}} and a plain-JSON {@code tojson}.
 *
 * <p>Source becomes tokens ({@code Lexer}), tokens a tree ({@code Parser}, {@code Stmt}, {@code Expr}), and the tree is
 * walked ({@code Evaluator}) over Python's values ({@code Value}). Text remembers which message its characters came
 * from ({@link TracedText}), so a caller knows what is content and what is layout without ever searching for it. Text
 * from messages is data: it is never read as template syntax.
 *
 * <p>What Jinja or Python has and this interpreter lacks is refused by name. Time, text and depth are bounded
 * ({@link TemplateLimits}), for templates come from strangers.
 */
@NullMarked
package dev.plumbline.text.template;

import org.jspecify.annotations.NullMarked;
