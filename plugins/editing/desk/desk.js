// Widgets of the editors' desk: names completed from the archive, and days that may be known only in part.
"use strict";
(function () {
  const { CMS, createClass, h } = window;

  // Two names are one to the archive when they differ in case, spacing or the place of the tone only.
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  function key(text) {
    return text.trim().split(/\s+/).map(function (word) {
      const marks = word.toLowerCase().normalize("NFD");
      return marks.replace(TONES, "").normalize("NFC") + (marks.match(TONES) || []).join("");
    }).join(" ");
  }

  const known = { people: [], organizations: [], short: {}, canCreate: false };
  const byKey = { people: new Map(), organizations: new Map() };

  function learn(kind, record) {
    known[kind].push(record);
    [record.id, record.name].concat(record.variants).forEach(function (name) { byKey[kind].set(key(name), record); });
  }

  function addOptions(kind) {
    let list = document.getElementById("desk-" + kind);
    if (!list) {
      list = document.createElement("datalist");
      list.id = "desk-" + kind;
      document.body.append(list);
    }
    list.replaceChildren.apply(list, known[kind].map(function (record) {
      const option = document.createElement("option");
      // People go by their name, bodies with a record by its id, which no later change of name can break.
      option.value = kind === "organizations" && record.authority ? record.id : record.name;
      option.label = record.name + (record.meetings ? " (" + record.meetings + " hội nghị)" : "");
      return option;
    }));
  }

  async function load() {
    const answer = await fetch("names.json", { cache: "no-store" });
    if (!answer.ok) return;
    const names = await answer.json();
    known.canCreate = Boolean(names.create);
    known.createAt = names.create;
    known.short = names.short;
    ["people", "organizations"].forEach(function (kind) {
      names[kind].forEach(function (record) { learn(kind, record); });
      addOptions(kind);
    });
  }

  async function create(kind, name) {
    const answer = await fetch(known.createAt, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ action: "createRecord", params: { folder: kind, name: name } }),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    learn(kind, { id: told.id, name: name, variants: [], authority: true, meetings: 0 });
    addOptions(kind);
  }

  const LABELS = { people: "hồ sơ người", organizations: "hồ sơ tổ chức" };

  const Name = createClass({
    getInitialState: function () { return { message: "" }; },

    change: function (event) { this.props.onChange(event.target.value); },

    make: async function () {
      const kind = this.props.field.get("kind");
      try {
        await create(kind, this.props.value.trim());
        this.setState({ message: "" });
      } catch (error) {
        this.setState({ message: error.message });
      }
    },

    note: function (kind, value) {
      const record = byKey[kind].get(key(value));
      if (this.state.message) return h("p", { className: "desk-name__note", role: "alert" }, this.state.message);
      if (record && record.authority) {
        return h("p", { className: "desk-name__note desk-name__note--known" }, "✓ " + record.name + " – đã có hồ sơ");
      }
      if (record) {
        return h("p", { className: "desk-name__note desk-name__note--known" }, "✓ " + record.name + " – " + record.meetings + " hội nghị");
      }
      return h("p", { className: "desk-name__note" }, "Tên mới: sẽ có trang riêng.", this.createControl(kind, value));
    },

    createControl: function (kind, value) {
      if (known.canCreate) {
        return h("button", { type: "button", className: "desk-name__create", onClick: this.make }, "Lập " + LABELS[kind]);
      }
      const address = "#/collections/" + kind + "/new?name=" + encodeURIComponent(value);
      return h("a", { className: "desk-name__create", href: address, target: "_blank", rel: "noopener" }, "Lập " + LABELS[kind]);
    },

    render: function () {
      const kind = this.props.field.get("kind");
      const value = this.props.value || "";
      return h("div", {},
        h("input", {
          id: this.props.forID, className: this.props.classNameWrapper, type: "text", value: value, list: "desk-" + kind,
          autoComplete: "off", spellCheck: false, onChange: this.change,
          onFocus: this.props.setActiveStyle, onBlur: this.props.setInactiveStyle,
        }),
        value.trim() ? this.note(kind, value) : null);
    },
  });

  const Day = createClass({
    change: function (event) { this.props.onChange(event.target.value); },

    render: function () {
      const value = String(this.props.value || "");
      return h("div", { className: "desk-day" },
        h("input", {
          id: this.props.forID, className: this.props.classNameWrapper, type: "text", value: value, inputMode: "numeric",
          placeholder: "2025-10-09", onChange: this.change, onFocus: this.props.setActiveStyle, onBlur: this.props.setInactiveStyle,
        }),
        h("input", {
          className: "desk-day__picker", type: "date", "aria-label": "Chọn ngày",
          value: /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : "", onChange: this.change,
        }));
    },
  });

  function Shown(props) { return h("span", {}, String(props.value || "")); }

  // A list may be written as one line of text, "A; B": it is then edited as text. It may be a single group, or hold lines of text among
  // its groups: Decap would stop at either, so that they are written out as soon as the record is open, by what names.json says of them.
  // (The desk on the editor's own machine writes short forms out before they come here.)
  const list = CMS.getWidget("list");

  // Decap hides its Immutable; any of its values can make an empty one.
  function immutable(value, field) {
    if (Array.isArray(value)) {
      return value.reduce(function (made, item) { return made.push(immutable(item, field)); }, field.get("fields").clear());
    }
    if (!value || typeof value !== "object") return value;
    return Object.keys(value).reduce(function (made, name) { return made.set(name, immutable(value[name], field)); }, field.clear());
  }

  function writtenOut(value, field) {
    if (typeof value.push !== "function") return field.get("fields").clear().push(value);
    const short = known.short[field.get("group")] || {};
    const unknown = value.some(function (item) { return typeof item === "string" && !short[item]; });
    return unknown ? null : value.map(function (item) { return typeof item === "string" ? immutable(short[item], field) : item; });
  }

  class ListOrText extends list.control {
    isList() {
      const value = this.props.value;
      return !value || (typeof value.push === "function" && value.every(function (item) {
        return typeof item !== "string" || !this.props.field.get("fields");
      }, this));
    }

    componentDidMount() {
      if (super.componentDidMount) super.componentDidMount();
      if (this.isList() || typeof this.props.value === "string") return;
      const written = writtenOut(this.props.value, this.props.field);
      if (written) this.props.onChange(written);
    }

    validate() { if (this.isList() && super.validate) super.validate(); }

    render() {
      if (this.isList()) return super.render();
      const value = this.props.value;
      if (typeof value !== "string") {
        return h("p", { className: "desk-name__note" }, "Trường này có dạng gọn mà biểu mẫu không hiểu; hãy sửa thẳng trong tệp.");
      }
      return h("textarea", {
        id: this.props.forID, className: this.props.classNameWrapper, value: value, rows: 3,
        onChange: function (event) { this.props.onChange(event.target.value); }.bind(this),
      });
    }
  }

  CMS.registerWidget({
    name: "list", controlComponent: ListOrText, previewComponent: list.preview, schema: list.schema,
    allowMapValue: list.allowMapValue, globalStyles: list.globalStyles,
  });

  // A new record opened with a name in its address (see createControl) can be saved as it stands; Decap would wait for a keystroke.
  const string = CMS.getWidget("string");

  class StringOrGiven extends string.control {
    componentDidMount() {
      if (super.componentDidMount) super.componentDidMount();
      if (this.props.value && /\/new\?/.test(window.location.hash)) this.props.onChange(this.props.value);
    }
  }

  CMS.registerWidget({ name: "string", controlComponent: StringOrGiven, previewComponent: string.preview, schema: string.schema });

  // What Decap's Vietnamese lacks and an editor meets.
  const WORDS = {
    editor: {
      editorWidgets: {
        list: { add: "Thêm %{item}", addType: "Thêm %{item}" },
        object: { expand: "Mở ra", collapse: "Thu lại" },
        markdown: {
          bold: "Đậm", italic: "Nghiêng", link: "Liên kết", linkPrompt: "Địa chỉ của liên kết", headings: "Đề mục", quote: "Trích dẫn",
          bulletedList: "Danh sách chấm", numberedList: "Danh sách số",
          toggleMode: { rich: "Chuyển sang soạn thảo có định dạng", markdown: "Chuyển sang Markdown" },
        },
      },
      editorControl: { field: { widgetLabel: "Trường %{widgetLabel}" } },
    },
    collection: { groups: { other: "Khác", negateLabel: "Không %{label}" }, collectionTop: { newButton: "Thêm %{collectionLabel}", groupBy: "Nhóm theo", viewAsList: "Xem theo dòng", viewAsGrid: "Xem theo ô" } },
    mediaLibrary: { mediaLibraryCard: { copy: "Chép", copyName: "Chép tên", copyPath: "Chép đường dẫn", copyUrl: "Chép địa chỉ", copied: "Đã chép" }, mediaLibraryModal: { close: "Đóng" } },
    ui: { settingsDropdown: { account: "Tài khoản" } },
  };

  // On the editor's own machine to publish is to save a file; before a code host it is more.
  const LOCAL_WORDS = {
    editor: {
      editorToolbar: { publish: "Lưu", publishNow: "Lưu vào kho", publishAndCreateNew: "Lưu rồi viết bản mới", publishing: "Đang lưu…", published: "Đã lưu" },
    },
  };

  function merged(base, added) {
    const result = Object.assign({}, base);
    Object.keys(added).forEach(function (name) {
      result[name] = typeof added[name] === "string" ? added[name] : merged(result[name] || {}, added[name]);
    });
    return result;
  }

  CMS.registerWidget("ten", Name, Shown);
  CMS.registerWidget("ngay", Day, Shown);
  // Without the names the form still works, so that nothing is said of it.
  load().catch(function () {}).finally(function () {
    const words = merged(CMS.getLocale("vi"), WORDS);
    CMS.registerLocale("vi", known.canCreate ? merged(words, LOCAL_WORDS) : words);
    CMS.init();
  });
})();
