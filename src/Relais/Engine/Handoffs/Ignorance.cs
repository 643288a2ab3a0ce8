using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Foundation;

namespace Relais.Engine.Handoffs;

/// <summary>Answers that are none: they say that the agent does not know, or ask what was asked before.</summary>
internal static class Ignorance
{
    private static readonly Phrases Admitted = new(
        """
        je ne sais pas|je n'ai pas cette information|je n'ai pas l'information|je n'ai pas d'information|je n'ai pas d'informations|je ne dispose pas|aucune information|je n'ai pas la réponse|je ne suis pas sûr|je ne suis pas certain|je ne suis pas en mesure|je n'ai pas compris|je n'ai pas bien compris|je ne comprends pas|reformuler|préciser votre question|préciser votre demande
        i don't know|i do not know|i don't have that information|i don't have this information|i don't have information|i do not have information|i don't have the answer|no information|i'm not sure|i am not sure|i'm unable to|i couldn't find|i could not find|i didn't understand|i did not understand|i don't understand|rephrase|could you clarify
        لا اعرف|لا اعلم|لا أملك معلومات|ليس لدي معلومات|ليست لدي معلومات|لا تتوفر لدي|ليس لدي جواب|لست متاكدا|لم افهم|لا افهم|اعادة صياغة|تعيد صياغة|توضح سؤالك|توضيح سؤالك|ما نعرفش|مانعرفش|ما عنديش معلومات|ما فهمتش|مافهمتش
        """);

    public static bool IsIn(string answer) => Admitted.AreIn(Phrases.Pad(answer));

    /// <summary>This answer and the one before it are both none.</summary>
    public static bool IsSecond(string answer, string? before) => before is not null
        && ((IsIn(answer) && IsIn(before)) || (answer.AsSpan().TrimEnd().EndsWith("?") || answer.AsSpan().TrimEnd().EndsWith("؟"))
            && TextFolding.FoldWords(answer) == TextFolding.FoldWords(before));
}
