using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Relais.Tests.Architecture;

/// <summary>Every log statement of the program as compiled: its level and its text, which is the event's name.</summary>
internal static class LogEvents
{
    public static IReadOnlyList<(string Level, string Text)> All =>
    [
        .. RelaisAssembly.Types.SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(Of).Distinct().Order(),
    ];

    private static IEnumerable<(string Level, string Text)> Of(MethodDefinition method)
    {
        var code = method.Body.Instructions;
        for (var i = 0; i < code.Count; i++)
        {
            if (code[i].Operand is MethodReference { DeclaringType.FullName: "Microsoft.Extensions.Logging.LoggerExtensions" } call
                && call.Name is ['L', 'o', 'g', .. var level])
            {
                yield return (level, Text(code, i));
            }
        }
    }

    /// <summary>The text is pushed just before the array of its arguments.</summary>
    private static string Text(IList<Instruction> code, int call)
    {
        for (var i = call; i > 1; i--)
        {
            var isArray = code[i].OpCode == OpCodes.Newarr || (code[i].Operand is MethodReference { Name: "Empty" });
            var text = code[i].OpCode == OpCodes.Newarr ? code[i - 2] : code[i - 1];
            if (isArray && text.OpCode == OpCodes.Ldstr)
            {
                return (string)text.Operand;
            }
        }

        throw new InvalidOperationException("A log statement without a constant text.");
    }
}
