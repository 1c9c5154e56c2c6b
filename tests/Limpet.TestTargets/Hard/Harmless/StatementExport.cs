using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Exports the statement of an account per operation, into one block of 0.2 to 3 MB: the large object heap gets holes of all sizes. The
/// last eight stay for who asks again.
/// </summary>
internal sealed class StatementExport : HarmlessTarget
{
    private readonly RecentStatements _archive = new();

    public override Truth Truth => Truth.Harmless(
        "Blocks on the large object heap come and go in all sizes, and the last eight stay.", "own", "Clean");

    protected override double Cap => RecentStatements.Kept;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_archive.Export(number));
}

internal sealed class AccountStatement(int account, byte[] content)
{
    public int Account { get; } = account;

    public byte[] Content { get; } = content;
}

internal sealed class RecentStatements
{
    public const int Kept = 8;

    private const int Smallest = 200_000;
    private const int Step = 41_000;
    private const int Sizes = 67;

    private readonly AccountStatement?[] _last = new AccountStatement?[Kept];

    public AccountStatement Export(int account)
    {
        byte[] draft = new byte[Smallest + (account * 29 % Sizes * Step)];
        draft.AsSpan(0, 8_192).Fill((byte)account);
        byte[] content = new byte[Smallest + (account * 13 % Sizes * Step)];
        draft.AsSpan(0, 8_192).CopyTo(content);
        AccountStatement statement = new(account, content);
        _last[account % Kept] = statement;
        return statement;
    }
}
