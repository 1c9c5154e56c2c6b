namespace Limpet.TestTargets;

/// <summary>Strings, some of them equal and never the same object.</summary>
/// <remarks><code>
/// static s_lines ─→ Line[N/3] ─→ Line ┬ Note ─→ one of 100 texts of 22 to 40 characters          N in all, lines and strings
///                                     └ Code ─→ a text of its own, "line 0000017"
/// static s_pages ─→ string[7]     5 of 700,000 characters, 4 equal and one with another end; 2 equal ones of 3,000,000
/// static s_secrets ─→ string[20]  5 equal ones of each: with a password inside, with one that lies across the 80th character, with an address whose
///                                 password is longer than all that is read, with a token that is
/// static s_marks ─→ string[40]    2 of each length from 1 to 20, which differ in the first or in the last character alone
/// </code></remarks>
internal sealed class TextsTarget(int total) : Target
{
    private const int Notes = 100;
    private static Line[]? s_lines;
    private static string[]? s_pages;
    private static string[]? s_secrets;
    private static string[]? s_marks;

    public override string Build()
    {
        s_lines = [.. Enumerable.Range(0, total / 3).Select(line => new Line { Note = Note(line % Notes), Code = FormattableString.Invariant($"line {line:0000000}") })];
        s_pages = [.. Enumerable.Range(0, 5).Select(page => new string('p', 699_999) + (page == 2 ? 'q' : 'p')), .. Enumerable.Range(0, 2).Select(_ => new string('r', 3_000_000))];
        string[] secrets =
        [
            "Server=shop-db;Password=hunter2-of-the-shop;Pooling=true",
            new string('.', 40) + " postgres://shop:hunter2-" + new string('x', 40) + "@shop-db/orders",
            "amqp://shop:hunter2-" + new string('y', 2_000) + "@shop-queue/orders",
            "eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyIjoi" + new string('z', 2_000) + ".c2lnbmF0dXJl",
        ];
        s_secrets = [.. secrets.SelectMany(text => Enumerable.Range(0, 5).Select(_ => new string(text)))];
        s_marks = [.. Enumerable.Range(1, 20).SelectMany(length => (string[])[new string('m', length - 1) + 'n', 'o' + new string('m', length - 1)])];
        return FormattableString.Invariant($"Line={s_lines.Length} notes={Math.Min(Notes, s_lines.Length)} String={(2 * s_lines.Length) + s_pages.Length + s_secrets.Length + s_marks.Length}");
    }

    private static string Note(int number) => FormattableString.Invariant($"gift, wrapped, card {number:00}") + new string('!', number % 20);

    private sealed class Line
    {
        public string? Note;
        public string? Code;
    }
}
