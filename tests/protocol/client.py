# The ordinary work of a program in Python: with the standard library's client, or with OdooRPC.
import sys
import xmlrpc.client

HOST, PORT, DB, LOGIN, PASSWORD = sys.argv[2:7]


def with_standard_library():
    base = f"http://{HOST}:{PORT}/xmlrpc/2"
    common = xmlrpc.client.ServerProxy(f"{base}/common")
    assert common.version()["server_version"] == "18.0"
    uid = common.authenticate(DB, LOGIN, PASSWORD, {})
    assert isinstance(uid, int) and uid is not False
    assert common.authenticate(DB, LOGIN, "wrong", {}) is False
    models = xmlrpc.client.ServerProxy(f"{base}/object")

    def call(model, method, *args, **kwargs):
        return models.execute_kw(DB, uid, PASSWORD, model, method, list(args), kwargs)

    new = call("res.partner", "create", {"name": "Poterie du Pré & Fils", "email": "pot@example.be"})
    assert isinstance(new, int)
    assert call("res.partner", "search", [["id", "=", new]]) == [new]
    (row,) = call("res.partner", "read", [new], fields=["name", "email", "phone"])
    assert row == {"id": new, "name": "Poterie du Pré & Fils", "email": "pot@example.be", "phone": False}, row
    assert call("res.partner", "write", [new], {"name": "Poterie du Grand Pré"}) is True
    found = call("res.partner", "search_read", [["name", "ilike", "grand pré"]], fields=["name"], limit=5)
    assert [r["id"] for r in found] == [new], found
    assert call("res.partner", "search_count", [["id", "=", new]]) == 1
    assert call("res.partner", "name_search", "grand pré")[0][0] == new
    assert call("res.partner", "fields_get", ["name"], attributes=["type"])["name"] == {"type": "char"}
    assert models.execute(DB, uid, PASSWORD, "res.partner", "search_count", [["id", "=", new]]) == 1
    assert call("res.partner", "unlink", [new]) is True
    assert call("res.partner", "exists", [new]) == []
    for attempt, code, text in (
        (lambda: call("res.partner", "write", [new], {"name": "x"}), 2, "(Record: res.partner(%d,), User: %d)" % (new, uid)),
        (lambda: call("res.partner", "nope"), 1, "AttributeError: The method 'nope' does not exist on the model 'res.partner'"),
        (lambda: call("res.partner", "read", [uid], fields=["nofield"]), 1, "ValueError: Invalid field 'nofield' on model 'res.partner'"),
        (lambda: call("res.partner", "_search", []), 4, "Private methods (such as _search) cannot be called remotely."),
        (lambda: models.execute_kw(DB, uid, "wrong", "res.partner", "search", [[]]), 3, "Access Denied"),
    ):
        try:
            attempt()
            raise AssertionError(text)
        except xmlrpc.client.Fault as fault:
            assert fault.faultCode == code, fault
            assert fault.faultString.strip().split("\n")[-1].endswith(text), fault.faultString


def with_odoorpc():
    import odoorpc

    odoo = odoorpc.ODOO(HOST, port=int(PORT))
    assert odoo.version == "18.0"
    assert DB in odoo.db.list()
    odoo.login(DB, LOGIN, PASSWORD)
    assert odoo.env.user.login == LOGIN
    Partner = odoo.env["res.partner"]
    new = Partner.create({"name": "Poterie", "email": "pot@example.be"})
    assert Partner.search([("id", "=", new)]) == [new]
    partner = Partner.browse(new)
    assert (partner.name, partner.email) == ("Poterie", "pot@example.be")
    partner.name = "Poterie du Grand Pré"
    assert Partner.read([new], ["name"]) == [{"id": new, "name": "Poterie du Grand Pré"}]
    assert odoo.execute("res.partner", "search_count", [["id", "=", new]]) == 1
    assert odoo.execute_kw("res.partner", "name_search", ["Poterie"], {"limit": 1})[0][0] == new
    partner.unlink()
    assert Partner.search([("id", "=", new)]) == []
    try:
        Partner.write([new], {"name": "x"})
        raise AssertionError("a deleted record was written")
    except odoorpc.error.RPCError as error:
        assert "does not exist or has been deleted" in str(error), error
        assert error.info["data"]["name"] == "odoo.exceptions.MissingError"
    odoo.logout()
    try:
        odoo.json("/web/session/get_session_info", {})
        raise AssertionError("the session outlived its end")
    except odoorpc.error.RPCError as error:
        assert error.info["code"] == 100
    try:
        odoo.login(DB, LOGIN, "wrong")
        raise AssertionError("a wrong password")
    except odoorpc.error.RPCError as error:
        assert "Access Denied" in str(error)


{"standard": with_standard_library, "odoorpc": with_odoorpc}[sys.argv[1]]()
print("done")
