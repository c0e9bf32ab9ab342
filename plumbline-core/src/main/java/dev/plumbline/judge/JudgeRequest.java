package dev.plumbline.judge;

/**
 * One response to be judged.
 *
 * @param role the role that was asked for, by name
 * @param rubric the prompt for the judge, with the placeholders {@code {question}} and {@code {answer}}, as in a role
 *     file's {@code eval_prompt}
 * @param systemPrompt the instruction under which the response was given; empty if none
 * @param question what was asked
 * @param answer what was answered
 */
public record JudgeRequest(String role, String rubric, String systemPrompt, String question, String answer) {}
