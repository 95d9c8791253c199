"""The provinces that were joined in 2025: Resolution 202/2025/QH15 of the National Assembly, in force from 12 June 2025.

Names are those before and after it; eleven provinces and cities that stayed as they were are not listed.
"""

from __future__ import annotations

JOINED_2025: dict[str, tuple[str, ...]] = {
    "An Giang": ("An Giang", "Kiên Giang"),
    "Bắc Ninh": ("Bắc Giang", "Bắc Ninh"),
    "Cà Mau": ("Bạc Liêu", "Cà Mau"),
    "Cần Thơ": ("Cần Thơ", "Hậu Giang", "Sóc Trăng"),
    "Đà Nẵng": ("Đà Nẵng", "Quảng Nam"),
    "Đắk Lắk": ("Đắk Lắk", "Phú Yên"),
    "Đồng Nai": ("Bình Phước", "Đồng Nai"),
    "Đồng Tháp": ("Đồng Tháp", "Tiền Giang"),
    "Gia Lai": ("Bình Định", "Gia Lai"),
    "Hải Phòng": ("Hải Dương", "Hải Phòng"),
    "Hưng Yên": ("Hưng Yên", "Thái Bình"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Lào Cai": ("Lào Cai", "Yên Bái"),
    "Lâm Đồng": ("Bình Thuận", "Đắk Nông", "Lâm Đồng"),
    "Ninh Bình": ("Hà Nam", "Nam Định", "Ninh Bình"),
    "Phú Thọ": ("Hòa Bình", "Phú Thọ", "Vĩnh Phúc"),
    "Quảng Ngãi": ("Kon Tum", "Quảng Ngãi"),
    "Quảng Trị": ("Quảng Bình", "Quảng Trị"),
    "Tây Ninh": ("Long An", "Tây Ninh"),
    "Thái Nguyên": ("Bắc Kạn", "Thái Nguyên"),
    "Thành phố Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương", "Thành phố Hồ Chí Minh"),
    "Tuyên Quang": ("Hà Giang", "Tuyên Quang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh", "Vĩnh Long"),
}
