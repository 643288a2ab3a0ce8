using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>One message of a customer, read: what kind of thing it says and what is left to look up.</summary>
internal sealed record CustomerWords(string Text, string Padded, IReadOnlyList<string> TrackingNumbers, Matter Matter, bool Greets)
{
    private const int MostCharacters = 1_000;

    /// <summary>From here on a guessed intent changes what is done.</summary>
    private const double SureEnough = 0.6;

    private static readonly HashSet<int> ContentEmoji = [.. "👍👌🙏❤😊🙂👏✅💯🥰😍🤝".EnumerateRunes().Select(rune => rune.Value)];

    private IntentReader reader = IntentReader.BuiltIn;
    private IntentReading? intent;

    /// <param name="text">As written.</param>
    /// <param name="numberIsAwaited">We asked for an order's number last.</param>
    /// <param name="reader">Of intents; the built-in one when left out.</param>
    public static CustomerWords Read(string text, bool numberIsAwaited, IntentReader? reader = null)
    {
        var kept = text.Length <= MostCharacters ? text : text[..MostCharacters];
        var padded = Phrases.Pad(kept);
        if (padded.Length > 2 * MostCharacters)
        {
            // One character can fold to eighteen (ﷺ).
            padded = string.Concat(padded.AsSpan(0, 2 * MostCharacters), " ");
        }

        var isOrder = Vocabulary.Order.AreIn(padded);
        var numbers = BuiltIn.TrackingNumbers.In(kept, isOrder || numberIsAwaited, numberIsAwaited);
        return new(kept, padded, numbers, MatterOf(kept, padded, numbers.Count > 0, out var greets), greets) { reader = reader ?? IntentReader.BuiltIn };
    }

    /// <summary>Read once, when first asked for.</summary>
    public IntentReading Intent => intent ??= reader.Read(this);

    /// <summary>The intent is one of these, and that is sure enough to act on.</summary>
    public bool Means(params ReadOnlySpan<Intent> intents) => Intent.Confidence >= SureEnough && intents.Contains(Intent.Intent);

    public bool SpeaksOfOrder => Vocabulary.Order.AreIn(Padded) && !Vocabulary.Purchase.AreIn(Padded);

    /// <summary>Something went wrong and nothing is asked: no FAQ entry is the answer to that.</summary>
    public bool IsComplaint => Vocabulary.Trouble.AreIn(Padded) && Text.AsSpan().IndexOfAny('?', '؟') < 0;

    /// <summary>"Where is my order", "my parcel is broken, what now?": an FAQ entry must be very near to answer it.</summary>
    public bool IsOwnCase => Vocabulary.Trouble.AreIn(Padded) || (SpeaksOfOrder && Vocabulary.Whereabouts.AreIn(Padded));

    public bool WantsAction => Vocabulary.Action.AreIn(Padded);

    /// <summary>"Two of the red ones please" is an order; "how do I order" and "I want to place an order" only speak of ordering.</summary>
    public bool NamesWhat => !Vocabulary.How.AreIn(Padded) && !Vocabulary.Purchase.AreIn(Padded);

    public bool IsQuestion => Asks(Text, Padded);

    public int WordCount => Padded.AsSpan(1).Count(' ');

    private static Matter MatterOf(string text, string padded, bool hasNumber, out bool greets)
    {
        greets = false;
        if (padded.Length <= 2)
        {
            return text.EnumerateRunes().Any(rune => ContentEmoji.Contains(rune.Value)) ? Matter.Acknowledgement : Matter.Opening;
        }

        if (SandboxJoin.Is(text))
        {
            greets = true;
            return Matter.Nothing;
        }

        var rest = Vocabulary.Greeting.Without(padded);
        greets = rest.Length != padded.Length;
        if (Vocabulary.Person.AreIn(padded))
        {
            return Matter.Person;
        }

        if (hasNumber)
        {
            return Matter.Order;
        }

        return Vocabulary.Filler.Without(rest).Length <= 1 ? Matter.Nothing
            : Is(Vocabulary.PersonAlone, rest) ? Matter.Person
            : Is(Vocabulary.Thanks, rest) ? Matter.Thanks
            : Is(Vocabulary.Goodbye, rest) ? Matter.Goodbye
            : Is(Vocabulary.Acknowledgement, rest) ? Matter.Acknowledgement
            : Is(Vocabulary.Opening, rest) ? Matter.Opening
            : IsSmallTalk(rest) || (Vocabulary.ThanksFor.AreIn(rest) && !Asks(text, rest)) ? Matter.Thanks
            : Vocabulary.AboutUs.AreIn(rest) ? Matter.AboutUs
            : greets && IsName(rest) && !Asks(text, rest) ? Matter.Nothing
            : Matter.Question;
    }

    private static bool Asks(string text, string padded) => text.AsSpan().IndexOfAny('?', '؟') >= 0 || Vocabulary.Questioning.AreIn(padded);

    /// <summary>"Bonjour Ahmed": one word beside the greeting, of no meaning to us.</summary>
    private static bool IsName(string rest)
    {
        var name = Vocabulary.Filler.Without(rest).AsSpan().Trim(' ');
        return !name.Contains(' ') && FaqSynonyms.MeaningOf(name) is null && !Vocabulary.Order.AreIn(rest);
    }

    private static bool Is(Phrases phrases, string rest) => Vocabulary.Filler.Without(phrases.Without(rest)).Length <= 1;

    /// <summary>"ok merci bonne journée": several courtesies and nothing else.</summary>
    private static bool IsSmallTalk(string rest) =>
        Is(Vocabulary.Acknowledgement, Vocabulary.Goodbye.Without(Vocabulary.Thanks.Without(rest)));
}

/// <summary>What a message is about.</summary>
internal enum Matter
{
    /// <summary>A greeting, and nothing else.</summary>
    Nothing,
    Person,

    /// <summary>It holds a tracking number.</summary>
    Order,
    Thanks,

    /// <summary>"Are you a robot?", "do you speak Arabic?"</summary>
    AboutUs,
    Goodbye,
    Acknowledgement,

    /// <summary>"I have a question", "?": wants to be asked what about.</summary>
    Opening,

    /// <summary>Anything else, to be looked up.</summary>
    Question,
}
