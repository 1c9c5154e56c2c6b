using System.Globalization;

namespace Limpet.Cli.Commands;

/// <summary>Names of users by id, from <c>/etc/passwd</c>; users of a directory service appear by their number.</summary>
internal sealed class UserNames
{
    private readonly Dictionary<int, string> names = [];

    private UserNames()
    {
    }

    public static UserNames Read()
    {
        const string File = "/etc/passwd";
        UserNames users = new();
        if (System.IO.File.Exists(File))
        {
            foreach (string[] fields in System.IO.File.ReadLines(File).Select(line => line.Split(':')))
            {
                if (fields.Length > 2 && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out int uid))
                {
                    users.names.TryAdd(uid, fields[0]);
                }
            }
        }

        return users;
    }

    public string Of(int uid) => names.TryGetValue(uid, out string? name) ? name : uid.ToString(CultureInfo.InvariantCulture);
}
