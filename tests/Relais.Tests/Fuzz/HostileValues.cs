using System.Text;

namespace Relais.Tests.Fuzz;

/// <summary>JSON values and form values that have broken somebody's parser, database or arithmetic before.</summary>
internal static class HostileValues
{
    private static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e400", "-1e400", "1e-400", "9223372036854775808", "-9223372036854775809",
        "1790000000.5", "\"1790000000000000000000\"", "\"2026-01-01\"", "\"-5\"", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"",
        "\"\\udc00x\"", "\"\\ud83d\\ud83d\\ude00\"", "\"\\u202Eevil\"", "\"\\ufeff\"", "\"\\uffff\"", "\"' OR 1=1 --\"", "\"\\r\\n\\r\\n\"", "\"😀\"",
        "\"stop\"", "\"33612340001\"", "\"+\"", "\"whatsapp:+\"", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"\":{}}", "{\"\\ud800\":1}", "[1,\"a\",null,{}]",
    ];

    private static readonly string[] Form =
    [
        "", "%", "%%", "%zz", "%4", "%C3", "%C3%28", "%FF%FE", "%00", "a%00b", "%ED%A0%80", "%ED%B0%80", "%F0%9F%98%80", "%E2%80%AE", "%EF%BB%BF", "+", "=",
        "==", "whatsapp%3A", "whatsapp%3A%2B", "%2B33612340001", "whatsapp%3A%2B99999999999999999999", "-1", "1e400", "99999999999999999999", "received",
        "delivered", "failed", "null", "%7B%22a%22%3A", "stop", "%27+OR+1%3D1+--", "%0D%0A%0D%0A",
    ];

    public static byte[] NextJson(Random random) => random.Next(12) switch
    {
        0 => Nested(random),
        1 => Encoding.ASCII.GetBytes(new string('9', random.Next(30, 500))),
        2 => Encoding.ASCII.GetBytes('"' + new string('x', random.Next(1000, 20_000)) + '"'),
        3 => [(byte)'"', 0xC3, (byte)'(', 0xFF, (byte)'"'],
        4 => [(byte)'"', 0, (byte)'"'],
        _ => Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]),
    };

    public static byte[] NextForm(Random random) => random.Next(12) switch
    {
        0 => Encoding.ASCII.GetBytes(new string('x', random.Next(1000, 50_000))),
        1 => [0xC3, (byte)'(', 0xFF, 0],
        2 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("%F0%9F%98%80", random.Next(1, 1000)))),
        _ => Encoding.UTF8.GetBytes(Form[random.Next(Form.Length)]),
    };

    /// <summary>Around the reader's limit of 64 levels, and far beyond.</summary>
    private static byte[] Nested(Random random)
    {
        var depth = random.Next(4) switch { 0 => random.Next(50, 70), 1 => random.Next(1000, 5000), _ => random.Next(2, 60) };
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        return Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, random.Next(8) == 0 ? depth - 1 : depth)));
    }
}
