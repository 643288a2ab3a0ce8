using System.Text;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// What is tried first: the 3,000 most used passwords, as they are, twice in a row, or drawn out to twelve characters with figures and
/// signs; and long forms of well-known ones in the three languages of the console. Upper and lower case are the same here.
/// </summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456", "12345678910111213", "123456789123",
        "123456789abc", "123456789qwe", "0123456789012", "012345678910", "098765432109", "987654321098", "9876543210987", "111222333444",
        "112233445566", "11223344556677", "123123123123", "123321123321", "121212121212", "101010101010", "123412341234", "456456456456",
        "789456123000", "147258369147", "147258369000", "159753159753", "741852963000", "102030405060", "qwertyuiop12", "qwertyuiop123",
        "qwertyuiop1234", "qwertyuiop[]", "qwertyqwerty", "qwerty123456", "qwerty1234567", "qwerty12345678", "1234567qwerty", "123456qwerty",
        "qwertzuiop12", "qwertzuiop123", "azertyuiop12", "azertyuiop123", "azertyuiopqs", "azertyazerty", "azerty123456", "azerty1234567",
        "123456azerty", "asdfghjkl123", "asdfghjklqwe", "asdfasdfasdf", "zxcvbnm12345", "qazwsxedcrfv", "qazwsx123456", "1qaz2wsx3edc",
        "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "1a2b3c4d5e6f", "q1w2e3r4t5y6", "a1b2c3d4e5f6", "abcdefghijkl", "abcdefghijklm", "abc123456789",
        "abcd12345678", "abcdef123456", "abcabcabcabc", "password1234", "password12345", "password123456", "password123!", "password2024",
        "password2025", "password2026", "passwordpassword", "p@ssword1234", "p@ssw0rd1234", "p@ssw0rd123!", "passw0rd1234", "mypassword12",
        "mypassword123", "changemenow1", "changeme1234", "changeme12345", "changemeplease", "letmein12345", "letmein123456", "letmeinplease",
        "welcome12345", "welcome123456", "welcome2024!", "welcome2025!", "welcome2026!", "iloveyou1234", "iloveyou12345", "iloveyouforever",
        "administrator", "administrateur", "administrator1", "admin1234567", "admin12345678", "admin123456789", "adminadminadmin",
        "root12345678", "superadmin123", "motdepasse12", "motdepasse123", "motdepasse1234", "motdepasse2025", "motdepasse2026",
        "monmotdepasse", "bonjour12345", "bonjour123456", "bonjourbonjour", "bienvenue123", "bienvenue1234", "jetaime12345", "jetaimejetaime",
        "conciergerie", "conciergerie1", "whatsapp1234", "whatsapp12345", "whatsapp2025", "whatsapp2026", "relais123456", "relaisrelais",
        "trustno1trustno1", "monkey123456", "dragon123456", "football1234", "baseball1234", "basketball123", "superman1234", "sunshine1234",
        "princess1234", "starwars1234", "pokemon123456", "liverpool123", "barcelona123", "realmadrid123", "marseille123", "algerie12345",
        "algerie213213", "maroc1234567", "casablanca123", "tunisie12345", "bismillah123", "bismillah1234", "alhamdulillah", "mashallah123",
        "correcthorsebatterystaple", "demo12345678", "demodemodemo", "test12345678", "testtesttest", "testing12345", "secret123456",
    };

    private static readonly HashSet<string> Worst = new(
        EmbeddedText.Lines("Tenants.common-passwords.txt").Where(line => line[0] != '#'), StringComparer.OrdinalIgnoreCase);

    /// <summary>Also one character or one short piece over and over.</summary>
    public static bool Contains(string password) => Known.Contains(password) || IsRepeated(password) || IsDrawnOut(password);

    /// <summary>A well-known one between figures and signs, its letters written as figures or not: P@ssw0rd!2026.</summary>
    private static bool IsDrawnOut(string password)
    {
        var start = 0;
        var end = password.Length;
        while (start < end && !char.IsAsciiLetter(password[start]))
        {
            start++;
        }

        while (end > start && !char.IsAsciiLetter(password[end - 1]))
        {
            end--;
        }

        var core = password[start..end];
        return IsWorst(password) || IsWorst(core) || IsWorst(Letters(core)) || IsWorst(Letters(password));
    }

    private static bool IsWorst(string text) =>
        Worst.Contains(text) || (text.Length % 2 == 0 && text.Length > 0 && Worst.Contains(text[..(text.Length / 2)])
            && string.Equals(text[..(text.Length / 2)], text[(text.Length / 2)..], StringComparison.OrdinalIgnoreCase));

    private static string Letters(string text) => new StringBuilder(text)
        .Replace('@', 'a').Replace('4', 'a').Replace('3', 'e').Replace('1', 'i').Replace('!', 'i').Replace('0', 'o').Replace('$', 's').Replace('5', 's').Replace('7', 't')
        .ToString();

    private static bool IsRepeated(string password)
    {
        for (var piece = 1; piece <= 4; piece++)
        {
            var same = true;
            for (var i = piece; i < password.Length && same; i++)
            {
                same = password[i] == password[i - piece];
            }

            if (same)
            {
                return true;
            }
        }

        return false;
    }
}
