using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;

namespace Relais.Tests.Engine.Ai.Trial;

/// <summary>How well the built-in agent does on some messages.</summary>
/// <param name="Language">Share of messages whose language is read rightly.</param>
/// <param name="Intent">Share whose intent is.</param>
/// <param name="FaqFirst">Of the messages an entry answers, the share for which the search puts it first.</param>
/// <param name="Answered">Of those, the share the customer gets it sent for.</param>
/// <param name="WronglyAnswered">Of those, the share that gets only another entry.</param>
/// <param name="FalselyAnswered">Of the messages no entry answers, the share that gets one.</param>
internal sealed record TrialFigures(double Language, double Intent, double FaqFirst, double Answered, double WronglyAnswered, double FalselyAnswered)
{
    public static async Task<TrialFigures> Of(IReadOnlyList<TrialMessage> messages, string owner, Action<string>? showMiss = null)
    {
        var agent = new TrialAgent(owner);
        var (language, intent, first, sent, wrong, falsely) = (0, 0, 0, 0, 0, 0);
        foreach (var message in messages)
        {
            var read = LanguageDetector.Detect(message.Text);
            Count(ref language, read.Language == message.Language, $"language {read.Language} {read.Confidence:F2}");
            var wanted = IntentReader.BuiltIn.Read(message.Text);
            Count(ref intent, wanted.Intent == message.Intent, $"intent {wanted.Intent} {wanted.Confidence:F2}");
            var topics = agent.TopicsIn(await agent.Answer(message.Text));
            var found = agent.Find(message.Text);
            var shown = string.Join(", ", found.Select(m => $"{TrialSet.Topics[(int)m.Id]}:{m.Score:F2}"));
            if (message.HasAnswer)
            {
                Count(ref first, found.Count > 0 && TrialSet.Topics[(int)found[0].Id] == message.Faq, $"first {shown}");
                Count(ref sent, topics.Contains(message.Faq), $"sent {string.Join('+', topics)} of {shown}");
                wrong += topics.Count > 0 && !topics.Contains(message.Faq) ? 1 : 0;
            }
            else if (topics.Count > 0)
            {
                falsely++;
                showMiss?.Invoke($"FALSE {shown} | {message}");
            }

            void Count(ref int right, bool isRight, string what)
            {
                right += isRight ? 1 : 0;
                if (!isRight)
                {
                    showMiss?.Invoke($"{what} | {message}");
                }
            }
        }

        double answerable = messages.Count(m => m.HasAnswer);
        var others = messages.Count - answerable;
        double all = messages.Count;
        return new(language / all, intent / all, first / answerable, sent / answerable, wrong / answerable, falsely / others);
    }

    public override string ToString() =>
        $"language {Language:P1}, intent {Intent:P1}, right FAQ first {FaqFirst:P1}, sent {Answered:P1}, wrong one sent {WronglyAnswered:P1}, false answers {FalselyAnswered:P1}";
}
